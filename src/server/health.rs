//! `grpc.health.v1`: whether the service answers, for "" and for its name.

use tonic_health::{
    ServingStatus,
    pb::health_server::{Health as HealthApi, HealthServer},
    server::{HealthReporter, health_reporter},
};

/// The names that health is told for: the whole server, and the service.
const NAMES: [&str; 2] = ["", "isnad.v1.IsnadService"];

/// What the server says of its health.
pub(super) struct Health(HealthReporter);

impl Health {
    /// A server that does not answer yet, and the service that says so.
    pub(super) async fn not_serving() -> (Self, HealthServer<impl HealthApi>) {
        let (reporter, service) = health_reporter();
        let health = Self(reporter);
        health.set(ServingStatus::NotServing).await;
        (health, service)
    }

    /// The engine has answered.
    pub(super) async fn serving(&self) {
        self.set(ServingStatus::Serving).await;
    }

    /// No new calls, please. Watchers are told and let go: an open watch would hold up the drain.
    pub(super) async fn draining(&self) {
        self.set(ServingStatus::NotServing).await;
        let mut reporter = self.0.clone();
        for name in NAMES {
            reporter.clear_service_status(name).await;
        }
    }

    async fn set(&self, status: ServingStatus) {
        for name in NAMES {
            self.0.set_service_status(name, status).await;
        }
    }
}
