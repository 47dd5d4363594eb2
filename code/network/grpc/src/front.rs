//! A front, which asks another directory: the second hop.

use tonic::transport::Channel;
use tonic::{Request, Response, Status};

use crate::interface::directory_client::DirectoryClient;
use crate::interface::directory_server::Directory;
use crate::interface::{Answers, Clients};
use crate::time_left::{deadline, pass_on};

// ANCHOR: front
/// Passes questions on, with the time that is left.
#[derive(Clone, Debug)]
pub struct Front(pub DirectoryClient<Channel>);

#[tonic::async_trait]
impl Directory for Front {
    async fn holders(&self, request: Request<Clients>) -> Result<Response<Answers>, Status> {
        let deadline = deadline(&request)?;
        let mut onward = Request::new(request.into_inner());
        pass_on(&mut onward, deadline)?;
        self.0.clone().holders(onward).await
    }
}
// ANCHOR_END: front

// ANCHOR: forgetful
/// Passes questions on as the generated code invites to: the time stays behind.
#[derive(Clone, Debug)]
pub struct Forgetful(pub DirectoryClient<Channel>);

#[tonic::async_trait]
impl Directory for Forgetful {
    async fn holders(&self, request: Request<Clients>) -> Result<Response<Answers>, Status> {
        self.0.clone().holders(request.into_inner()).await
    }
}
// ANCHOR_END: forgetful
