package io.caisson.e2e;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Ends what the test classes share, before the JVM is asked to end: that may take longer than a JVM is given for it. */
public final class EndOfTests implements LauncherSessionListener {
    @Override
    public void launcherSessionClosed(LauncherSession session) {
        Platform.closeShared();
    }
}
