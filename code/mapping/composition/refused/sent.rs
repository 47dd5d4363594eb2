use std::sync::mpsc::channel;

fn main() {
    let (post, _letters) = channel();
    let mut letter = vec!["Dear reader"];
    post.send(letter).unwrap();
    letter.push("P.S."); // refused
}
