//! stub
/// Stub.
pub struct Directory;
