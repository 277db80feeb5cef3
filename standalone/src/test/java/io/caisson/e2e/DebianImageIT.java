package io.caisson.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole distribution: made by debootstrap, packed as docker-archive and as OCI layout, with a user in its config. */
class DebianImageIT {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void shouldRunADebianImageFromBothArchiveForms(@TempDir Path folder) {
        Requirements.program("debootstrap");
        Platform platform = Platform.shared();
        var made = Command.of(
                        "unshare",
                        "-m",
                        "debootstrap",
                        "--variant=minbase",
                        "--include=adduser",
                        "bookworm",
                        folder.resolve("root").toString())
                .within(LONG)
                .run();
        Assumptions.assumeTrue(made.exit() == 0, "no Debian mirror can be reached: " + made.err());
        pack(folder);

        var loaded = platform.docker("load", "-i", folder.resolve("docker.tar").toString())
                .within(LONG)
                .run();
        assertThat(loaded.orFail()).contains("Loaded image: debian-test:docker");
        loaded = platform.docker("load", "-i", folder.resolve("oci.tar").toString())
                .within(LONG)
                .run();
        assertThat(loaded.orFail()).contains("Loaded image: debian-test:oci");

        for (String tag : new String[] {"docker", "oci"}) {
            String image = "debian-test:" + tag;
            assertThat(docker(
                            platform, "run", "--rm", image, "bash", "-c", "id -un; pwd; echo $BASH_VERSION | cut -c1"))
                    .isEqualTo("worker\n/home/worker\n5");
            assertThat(docker(platform, "run", "--rm", "-u", "root", image, "apt-get", "--version"))
                    .startsWith("apt ");
            assertThat(docker(
                            platform,
                            "run",
                            "--rm",
                            "-u",
                            "root",
                            image,
                            "sh",
                            "-c",
                            "dpkg --audit && getcap /usr/bin/* >/dev/null 2>&1; ls -ld /tmp | cut -c1-10"))
                    .isEqualTo("drwxrwxrwt");
        }
        var _ = platform.docker("rmi", "debian-test:docker", "debian-test:oci").run();
    }

    private static String docker(Platform platform, String... words) {
        return platform.docker(words).within(LONG).run().orFail();
    }

    private static void pack(Path folder) {
        var _ = Command.of("sh", "-euc", """
                cd "$0"
                chroot root useradd -m -s /bin/bash worker
                tar -C root --xattrs --numeric-owner -cf layer.tar .
                rm -rf --one-file-system root
                diff=$(sha256sum layer.tar | cut -d' ' -f1)
                printf '{"architecture":"amd64","os":"linux","config":{"User":"worker","WorkingDir":"/home/worker","Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],"Cmd":["bash"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[{"created_by":"debootstrap"}]}' "$diff" >config.json
                printf '[{"Config":"config.json","RepoTags":["debian-test:docker"],"Layers":["layer.tar"]}]' >manifest.json
                tar -cf docker.tar manifest.json config.json layer.tar
                gzip -1 -c layer.tar >layer.tar.gz
                mkdir -p oci/blobs/sha256
                place() { d=$(sha256sum "$1" | cut -d' ' -f1); cp "$1" "oci/blobs/sha256/$d"; echo "$d"; }
                l=$(place layer.tar.gz); c=$(place config.json)
                printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%s},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"sha256:%s","size":%s}]}' "$c" "$(stat -c %s config.json)" "$l" "$(stat -c %s layer.tar.gz)" >m.json
                m=$(place m.json)
                printf '{"imageLayoutVersion":"1.0.0"}' >oci/oci-layout
                printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%s,"annotations":{"io.containerd.image.name":"docker.io/library/debian-test:oci","org.opencontainers.image.ref.name":"oci"}}]}' "$m" "$(stat -c %s m.json)" >oci/index.json
                tar -C oci -cf oci.tar oci-layout index.json blobs
                """, folder.toString())
                .within(LONG)
                .run()
                .orFail();
    }
}
