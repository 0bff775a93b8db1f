//! `Send` and `Sync` where there are threads.
//!
//! A server moves the futures of a store between threads; in a page they hold JavaScript values, which never leave theirs.
//! Bounds that mean one on a server and nothing in a page let the same traits and the same code serve both.

#[cfg(not(target_arch = "wasm32"))]
mod bounds {
    /// `Send`, on every target but wasm.
    pub trait MaybeSend: Send {}
    impl<T: Send + ?Sized> MaybeSend for T {}

    /// `Sync`, on every target but wasm.
    pub trait MaybeSync: Sync {}
    impl<T: Sync + ?Sized> MaybeSync for T {}
}

#[cfg(target_arch = "wasm32")]
mod bounds {
    /// `Send`, on every target but wasm: here every type.
    pub trait MaybeSend {}
    impl<T: ?Sized> MaybeSend for T {}

    /// `Sync`, on every target but wasm: here every type.
    pub trait MaybeSync {}
    impl<T: ?Sized> MaybeSync for T {}
}

pub use bounds::{MaybeSend, MaybeSync};
