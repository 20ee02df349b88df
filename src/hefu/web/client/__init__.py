"""The portal of those outside the body: clients, laboratories, members, technology companies."""
