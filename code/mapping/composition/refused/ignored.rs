#![deny(unused_must_use)]

use std::sync::mpsc::channel;

fn main() {
    let (post, letters) = channel::<&str>();
    drop(letters);
    post.send("is anybody there?"); // refused
}
