//! To wait for what is asynchronous, in a program that is not.

/// Runs what is asynchronous on this thread, to its end.
pub fn wait<T>(task: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime");
    runtime.block_on(task)
}
