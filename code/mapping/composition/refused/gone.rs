use std::thread;

fn main() {
    let address = String::from("node-7");
    thread::spawn(|| println!("{address}")); // refused
}
