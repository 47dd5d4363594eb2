use std::sync::Mutex;

fn main() {
    let queue = Mutex::new(vec![String::from("a job")]);
    let first = queue.lock().unwrap().first().unwrap();
    println!("{first}"); // refused
}
