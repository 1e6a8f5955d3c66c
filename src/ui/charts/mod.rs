//! The pictures of the app, as SVG drawn from the geometry of [`crate::chart`].
