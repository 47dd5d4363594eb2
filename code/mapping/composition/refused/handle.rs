use std::rc::Rc;
use std::thread;

fn main() {
    let handle = Rc::new(7);
    thread::spawn(move || println!("{handle}")); // refused
}
