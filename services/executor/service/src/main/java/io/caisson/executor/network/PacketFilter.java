package io.caisson.executor.network;

import io.caisson.kernel.ContainerId;
import io.caisson.linux.nft.Nftables;
import io.caisson.linux.nft.NftablesException;
import io.caisson.network.api.NetworkPlan.BridgePlan;
import io.caisson.network.api.NetworkPlan.PortPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The instance's own table of the host's packet filter, {@code caisson_<instance>}; other tables are never touched.
 *
 * <p>Knows what has to be in it, so that the whole can be put back in one transaction when somebody flushed the host's rules.
 * Blocks, for a fraction of a millisecond.
 */
public final class PacketFilter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PacketFilter.class);

    private final Nftables nftables;
    private final FilterRules rules;
    private final Map<String, BridgePlan> bridges = new HashMap<>();
    private final Map<ContainerId, List<PortPlan>> published = new LinkedHashMap<>();
    private boolean made;

    public PacketFilter(Nftables nftables, String instance) {
        this.nftables = nftables;
        this.rules = new FilterRules("caisson_" + instance.replaceAll("[^A-Za-z0-9]", "_"));
    }

    /** Makes the bridges' rules and the container's published ports true, all or none. */
    synchronized void publish(ContainerId container, List<BridgePlan> used, List<PortPlan> ports) {
        String change = learnBridges(used);
        List<PortPlan> before = published.getOrDefault(container, List.of());
        if (!before.equals(ports)) {
            change += rules.unpublish(before) + rules.publish(ports);
        }
        published.put(container, ports);
        try {
            apply(change);
        } catch (NftablesException e) {
            published.remove(container);
            throw e;
        }
    }

    /** Makes the bridges' rules true. */
    synchronized void know(List<BridgePlan> used) {
        apply(learnBridges(used));
    }

    private String learnBridges(List<BridgePlan> used) {
        var text = new StringBuilder();
        for (BridgePlan bridge : used) {
            BridgePlan old = bridges.put(bridge.name(), bridge);
            if (!bridge.equals(old)) {
                text.append(old == null ? "" : rules.removeBridge(old)).append(rules.addBridge(bridge));
            }
        }
        return text.toString();
    }

    /** The container's ports are published no more; done already is fine. */
    public synchronized void unpublish(ContainerId container) {
        List<PortPlan> ports = published.remove(container);
        if (ports != null && !ports.isEmpty()) {
            apply(rules.unpublish(ports));
        }
    }

    public synchronized void forget(String bridge) {
        BridgePlan plan = bridges.remove(bridge);
        if (plan != null && made) {
            apply(rules.removeBridge(plan));
        }
    }

    /** Something that is so already, to be put in place by the next {@link #restore}. */
    synchronized void learn(ContainerId container, List<BridgePlan> used, List<PortPlan> ports) {
        used.forEach(bridge -> bridges.put(bridge.name(), bridge));
        published.put(container, ports);
    }

    private void apply(String change) {
        if (!made) {
            restore();
        } else if (!change.isEmpty()) {
            try {
                nftables.apply(change);
            } catch (NftablesException e) {
                LOG.warnf("packet filter was changed by somebody else, it is made anew: %s", e.getMessage());
                restore();
            }
        }
    }

    /** Makes the whole table what is known, in one transaction; also the first time. */
    synchronized void restore() {
        var text = new StringBuilder(rules.reset());
        bridges.values().forEach(bridge -> text.append(rules.addBridge(bridge)));
        published.values().forEach(ports -> text.append(rules.publish(ports)));
        nftables.apply(text.toString());
        made = true;
    }

    /** Makes the table again when it is not there any more, as after a flush of the host's rules; true when it was not. */
    synchronized boolean mend() {
        if (!made || nftables.list("list tables ip").lines().anyMatch(rules.isTable())) {
            return false;
        }
        restore();
        return true;
    }

    /** Leaves no trace: for the end of an instance, not of the executor. */
    public synchronized void remove() {
        nftables.apply(rules.remove());
        made = false;
        bridges.clear();
        published.clear();
    }

    @Override
    public void close() {
        nftables.close();
    }
}
