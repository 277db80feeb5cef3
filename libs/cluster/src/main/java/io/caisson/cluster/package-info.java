/** The bus between processes: Vert.x clustered by Hazelcast. */
@NullMarked
package io.caisson.cluster;

import org.jspecify.annotations.NullMarked;
