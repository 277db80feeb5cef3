/** What only the host knows of a runtime spec: users, namespaces, generated files. */
@NullMarked
package io.caisson.executor.spec;

import org.jspecify.annotations.NullMarked;
