/** The name server that containers of user-defined networks have at 127.0.0.11. */
@NullMarked
package io.caisson.executor.dns;

import org.jspecify.annotations.NullMarked;
