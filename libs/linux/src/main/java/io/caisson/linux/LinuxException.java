package io.caisson.linux;

/** A kernel call that failed, such as {@code mount: EBUSY (Device or resource busy): /mnt}. */
public final class LinuxException extends RuntimeException {
    private final String call;
    private final int errno;

    public LinuxException(String call, int errno) {
        this(call, errno, "");
    }

    /** @param detail what the call was about or what the kernel adds; may be empty */
    public LinuxException(String call, int errno, String detail) {
        super(call + ": " + Errno.name(errno) + " (" + Errno.description(errno) + ")"
                + (detail.isEmpty() ? "" : ": " + detail));
        this.call = call;
        this.errno = errno;
    }

    /** The function that failed. */
    public String call() {
        return call;
    }

    /** The positive error number; compare it with the constants of {@link Errno}. */
    public int errno() {
        return errno;
    }
}
