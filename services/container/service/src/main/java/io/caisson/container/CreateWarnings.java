package io.caisson.container;

import io.caisson.container.api.CreateContainer;
import io.caisson.container.model.Absent;
import io.caisson.image.api.ImageDetail;
import io.caisson.oci.Platform;
import java.util.ArrayList;
import java.util.List;

/** What of a create request is passed over, in Docker's words. Pure. */
final class CreateWarnings {
    private CreateWarnings() {}

    /** @param node the platform of the node that the container is for */
    static List<String> of(CreateContainer command, ImageDetail image, Platform node) {
        List<String> warnings = new ArrayList<>();
        var host = command.hostConfig();
        if (Absent.text(host.networkMode()).equals("host")
                && !Absent.map(host.portBindings()).isEmpty()) {
            warnings.add("Published ports are discarded when using host network mode");
        }
        String architecture = Absent.text(image.config().architecture());
        if (command.platform() == null && !architecture.isEmpty() && !architecture.equals(node.architecture())) {
            warnings.add("The requested image's platform (linux/" + architecture
                    + ") does not match the detected host platform (" + node
                    + ") and no specific platform was requested");
        }
        return warnings;
    }
}
