//! A channel that several replicas take from: each takes the next item when it is ready for one.
//!
//! So a slow replica has less to do, and none needs to know of the others.

use std::sync::Arc;

use tokio::sync::Mutex;

use crate::channel::Receives;

/// A receiver for several; clones are handles to the same one.
#[derive(Debug)]
pub struct Shared<R>(Arc<Mutex<R>>);

impl<R> Clone for Shared<R> {
    fn clone(&self) -> Shared<R> {
        Shared(Arc::clone(&self.0))
    }
}

impl<R> Shared<R> {
    /// Shares a receiver.
    pub fn new(receiver: R) -> Shared<R> {
        Shared(Arc::new(Mutex::new(receiver)))
    }
}

impl<T, R: Receives<T> + Send> Receives<T> for Shared<R> {
    type Error = R::Error;

    async fn receive(&mut self) -> Result<Option<T>, R::Error> {
        // While one waits for an item, the others wait for their turn to.
        self.0.lock().await.receive().await
    }
}
