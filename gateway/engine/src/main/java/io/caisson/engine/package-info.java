/** The gateway's engine: Docker's HTTP API over the ports of the services. */
@NullMarked
package io.caisson.engine;

import org.jspecify.annotations.NullMarked;
