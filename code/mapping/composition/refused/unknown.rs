enum Message {
    Hit(u64),
    End,
    Pause, // refused
}

fn bytes(message: Message) -> u64 {
    match message {
        Message::Hit(bytes) => bytes,
        Message::End => 0,
    }
}

fn main() {
    println!("{}", bytes(Message::Hit(512)) + bytes(Message::End));
}
