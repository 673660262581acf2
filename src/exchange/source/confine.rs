//! Takes from the child process what reading a file does not need, before the file is parsed.

use rustix::process::{Resource, Rlimit, setrlimit};
use rustix::thread::{Gid, Uid, set_thread_groups, set_thread_res_gid, set_thread_res_uid};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule,
};

use super::frame::Confinement;
use super::limits::Limits;

/// The user and group without rights of their own, on Debian and nearly everywhere.
const NOBODY: u32 = 65534;

/// Limits on memory, time, files and what may be written.
pub(super) fn limit_resources(limits: &Limits) -> std::io::Result<()> {
    let set = |resource, soft: u64, hard: u64| {
        setrlimit(
            resource,
            Rlimit {
                current: Some(soft),
                maximum: Some(hard),
            },
        )
    };
    set(Resource::As, limits.memory_bytes, limits.memory_bytes)?;
    set(Resource::Cpu, limits.cpu_s, limits.cpu_s + 1)?;
    set(Resource::Nofile, limits.open_files, limits.open_files)?;
    set(Resource::Fsize, 0, 0)?;
    set(Resource::Core, 0, 0)?;
    Ok(())
}

/// Gives up root and everything but reading what is open, then tries whether that worked.
///
/// # Errors
/// A sentence that says which step failed.
pub(super) fn confine() -> Result<Confinement, String> {
    drop_root()?;
    let program = filter().map_err(|e| format!("the filter does not compile: {e}"))?;
    seccompiler::apply_filter(&program)
        .map_err(|e| format!("the kernel refuses the filter of system calls: {e}"))?;
    let found = Confinement {
        no_socket: std::net::UdpSocket::bind("127.0.0.1:0").is_err()
            && std::os::unix::net::UnixStream::pair().is_err(),
        no_open: std::fs::File::open("/").is_err(),
        no_process: std::process::Command::new("/bin/true").spawn().is_err(),
        not_root: !rustix::process::geteuid().is_root(),
    };
    if found.no_socket && found.no_open && found.no_process {
        Ok(found)
    } else {
        Err(format!(
            "the filter of system calls does not hold: {found:?}"
        ))
    }
}

/// Becomes nobody. A root without the right to do so (a container that took it away) stays as it
/// is: the filter of system calls holds for it all the same.
fn drop_root() -> Result<(), String> {
    if !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    let (uid, gid) = (Uid::from_raw(NOBODY), Gid::from_raw(NOBODY));
    let dropped = set_thread_groups(&[])
        .and_then(|()| set_thread_res_gid(gid, gid, gid))
        .and_then(|()| set_thread_res_uid(uid, uid, uid));
    match dropped {
        Ok(()) | Err(rustix::io::Errno::PERM | rustix::io::Errno::INVAL) => Ok(()),
        Err(e) => Err(format!("root cannot be given up: {e}")),
    }
}

/// System calls that stay: reading what is open, memory, time, ending. Opening, sockets,
/// processes, threads and executable memory are not among them; a refused call returns `EPERM`.
#[rustfmt::skip]
const ALLOWED: &[libc::c_long] = &[
    libc::SYS_read, libc::SYS_readv, libc::SYS_pread64, libc::SYS_lseek, libc::SYS_close,
    libc::SYS_fstat, libc::SYS_newfstatat, libc::SYS_statx, libc::SYS_faccessat,
    libc::SYS_fcntl, libc::SYS_ppoll, libc::SYS_getcwd,
    libc::SYS_brk, libc::SYS_munmap, libc::SYS_mremap, libc::SYS_madvise, libc::SYS_futex,
    libc::SYS_rt_sigaction, libc::SYS_rt_sigprocmask, libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack, libc::SYS_restart_syscall,
    libc::SYS_getpid, libc::SYS_gettid, libc::SYS_tgkill, libc::SYS_exit, libc::SYS_exit_group,
    libc::SYS_clock_gettime, libc::SYS_clock_nanosleep, libc::SYS_nanosleep,
    libc::SYS_gettimeofday, libc::SYS_sched_yield, libc::SYS_sched_getaffinity,
    libc::SYS_getrandom, libc::SYS_uname, libc::SYS_sysinfo, libc::SYS_getuid, libc::SYS_geteuid,
    libc::SYS_getgid, libc::SYS_getegid,
    #[cfg(target_arch = "x86_64")] libc::SYS_stat,
    #[cfg(target_arch = "x86_64")] libc::SYS_lstat,
    #[cfg(target_arch = "x86_64")] libc::SYS_access,
    #[cfg(target_arch = "x86_64")] libc::SYS_poll,
];

fn filter() -> Result<BpfProgram, seccompiler::BackendError> {
    let dword = |argument, operation, value| {
        SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operation, value)
    };
    let without_exec = || {
        let exec = libc::PROT_EXEC as u64;
        SeccompRule::new(vec![dword(2, SeccompCmpOp::MaskedEq(exec), 0)?])
    };
    let to_stdout = || SeccompRule::new(vec![dword(0, SeccompCmpOp::Eq, 1)?]);
    let mut rules: std::collections::BTreeMap<i64, Vec<SeccompRule>> =
        ALLOWED.iter().map(|&call| (call, Vec::new())).collect();
    rules.insert(libc::SYS_mmap, vec![without_exec()?]);
    rules.insert(libc::SYS_mprotect, vec![without_exec()?]);
    rules.insert(libc::SYS_write, vec![to_stdout()?]);
    rules.insert(libc::SYS_writev, vec![to_stdout()?]);
    SeccompFilter::new(
        rules,
        SeccompAction::Errno(libc::EPERM as u32),
        SeccompAction::Allow,
        std::env::consts::ARCH.try_into()?,
    )?
    .try_into()
}
