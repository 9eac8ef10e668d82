//! Files that nobody but their owner reads: the database with what SQLite keeps beside it, mail, and the key.

use std::path::Path;

/// From here on every file that this process makes is its owner's alone, whoever makes it.
pub fn make_only_private_ones() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// Takes from others what they may read of a data folder that was there before: the folder, what lies in it, and mail.
/// A folder that everybody shares (`/tmp`) stays as it is, and what belongs to somebody else as well.
pub fn tighten(folder: &Path) {
    #[cfg(unix)]
    unix::tighten(folder);
    #[cfg(not(unix))]
    let _ = folder;
}

#[cfg(unix)]
mod unix {
    use std::{fs, os::unix::fs::PermissionsExt, path::Path};

    /// Set on folders in which everybody may make files.
    const SHARED: u32 = 0o1000;
    const OTHERS: u32 = 0o077;
    /// What SecureMed makes in its data folder.
    const OURS: [&str; 5] =
        ["securemed.sqlite", "securemed.sqlite-wal", "securemed.sqlite-shm", "securemed.sqlite-journal", "secret.key"];

    pub(super) fn tighten(folder: &Path) {
        close(folder);
        for name in OURS {
            close(&folder.join(name));
        }
        let mail = folder.join("mail");
        close(&mail);
        for message in fs::read_dir(&mail).into_iter().flatten().flatten() {
            close(&message.path());
        }
    }

    fn close(path: &Path) {
        // What a link leads to is not ours to change.
        let Ok(found) = fs::symlink_metadata(path) else { return };
        let mode = found.permissions().mode();
        let is_closed = mode & OTHERS == 0;
        if is_closed || found.is_symlink() || (found.is_dir() && mode & SHARED != 0) {
            return;
        }
        if let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o7777 & !OTHERS)) {
            tracing::warn!(%error, "a file of the data folder can be read by others, and that cannot be changed");
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).unwrap().permissions().mode() & 0o7777
        }

        #[test]
        fn what_others_could_read_is_taken_from_them_and_a_shared_folder_stays_shared() {
            let home = tempfile::tempdir().unwrap();
            let (folder, mail) = (home.path().join("data"), home.path().join("data/mail"));
            fs::create_dir_all(&mail).unwrap();
            let (file, other) = (folder.join("securemed.sqlite"), folder.join("notes.txt"));
            let message = mail.join("1.eml");
            for path in [&file, &other, &message] {
                fs::write(path, "").unwrap();
                fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
            }
            for path in [&folder, &mail] {
                fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
            }
            tighten(&folder);
            assert_eq!([mode(&folder), mode(&mail), mode(&file), mode(&message)], [0o700, 0o700, 0o600, 0o600]);
            assert_eq!(mode(&other), 0o644, "what is not ours stays as it is");
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o1777)).unwrap();
            tighten(&folder);
            assert_eq!(mode(&folder), 0o1777);
        }
    }
}
