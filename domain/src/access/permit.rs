//! Proof that a policy looked at an object and allowed an act on it.

/// Made by a policy, taken by value by the repository's write.
///
/// `A` is an act, such as `appointments::policy::Cancel`. Acts have a private field, so only the policy module that
/// declares one can make a value of it, and only with such a value can a permit be made: forgetting to ask the policy
/// does not compile.
#[derive(Debug)]
#[must_use]
pub(crate) struct Permit<A> {
    object: i64,
    _act: A,
}

impl<A> Permit<A> {
    /// For policies: `act` is what nobody else can make.
    pub(crate) const fn granted(act: A, object: i64) -> Self {
        Self { object, _act: act }
    }

    /// The id of the object that the policy looked at.
    pub(crate) const fn object(&self) -> i64 {
        self.object
    }
}
