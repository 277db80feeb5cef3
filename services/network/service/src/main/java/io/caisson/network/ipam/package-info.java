/** Which subnets and addresses are free: pure decisions. */
@NullMarked
package io.caisson.network.ipam;

import org.jspecify.annotations.NullMarked;
