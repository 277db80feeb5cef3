/* The first container on a new host: a static program that tells what it sees. */
#include <stdio.h>
#include <sys/utsname.h>
#include <unistd.h>

int main(void) {
    struct utsname host;
    if (uname(&host) != 0) {
        perror("uname");
        return 1;
    }
    printf("\nHello from a container of Caisson.\n\n"
           "  It is process %d of its own world, which is called %s,\n"
           "  on Linux %s (%s).\n\n"
           "The image went to the layer store, the container into the database, its network\n"
           "was planned and built, and runc started this program. Now try one of your own:\n\n"
           "  docker run --rm -it IMAGE sh\n\n",
           (int)getpid(), host.nodename, host.release, host.machine);
    return 0;
}
