package io.caisson.container.api;

import java.util.List;

public record ContainerList(List<ContainerDetail> containers) {
    public ContainerList {
        containers = List.copyOf(containers);
    }
}
