//! One configuration, composed of each room's own options.
