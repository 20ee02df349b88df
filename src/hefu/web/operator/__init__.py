"""The operator's page: jobs, deliveries, sweeps, health."""
