package io.caisson.executor;

import io.caisson.executor.monitor.Monitors;
import io.caisson.executor.network.HostNetwork;
import io.caisson.executor.spec.HostNames;
import io.caisson.executor.spec.InitProgram;
import io.caisson.kernel.Offload;

/** The parts that carry out a start on this host. */
record Host(
        Tasks tasks,
        TaskFollower follower,
        Execs execs,
        Monitors monitors,
        HostNetwork network,
        HostNames hostNames,
        Runtimes runtimes,
        InitProgram init,
        Entering entering,
        Making making,
        StoppedGate gate,
        Offload offload) {}
