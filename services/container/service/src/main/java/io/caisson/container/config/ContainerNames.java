package io.caisson.container.config;

import io.caisson.kernel.Fault;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Names of containers: the rule, and generated ones for those who don't care. */
public final class ContainerNames {
    private static final Pattern RULE = Pattern.compile("/?[a-zA-Z0-9][a-zA-Z0-9_.-]+");

    private static final List<String> QUALITIES = List.of(
            "agile", "airy", "amber", "ample", "arctic", "balmy", "bright", "brisk", "calm", "candid", "cheery", "civil",
            "coral", "cosmic", "crisp", "daring", "deft", "eager", "early", "earnest", "fleet", "fluent", "frank",
            "fresh", "gentle", "glad", "golden", "hardy", "hearty", "honest", "humble", "indigo", "jaunty", "jolly",
            "keen", "kindly", "lively", "lucid", "lunar", "mellow", "merry", "mighty", "modest", "neat", "nimble",
            "noble", "olive", "patient", "plucky", "polite", "prompt", "quick", "quiet", "rapid", "ready", "robust",
            "rustic", "silver", "sincere", "smooth", "solar", "sound", "spry", "steady", "sturdy", "sunny", "swift",
            "tidy", "tranquil", "upbeat", "valiant", "vivid", "warm", "witty", "zesty");

    /** Builders of bridges, tunnels, ships and harbours, and those who made their work possible. */
    private static final List<String> SURNAMES = List.of(
            "ammann", "archimedes", "arup", "baker", "bazalgette", "blanchard", "bouch", "brunel", "calatrava", "candela",
            "caquot", "cardano", "castigliano", "coignet", "conde", "culmann", "darby", "dischinger", "eads", "eddy",
            "eiffel", "ellet", "eytelwein", "fairbairn", "finley", "foeppl", "fowler", "freyssinet", "galerkin", "gerber",
            "girard", "grashof", "greathead", "hennebique", "hodgkinson", "isler", "jessop", "jourawski", "khan",
            "koenen", "lame", "leonhardt", "lindenthal", "locke", "maillart", "mariotte", "menn", "mohr", "monier",
            "morandi", "moseley", "navier", "nervi", "otto", "palladio", "paxton", "perronet", "polonceau", "poisson",
            "rankine", "rennie", "reynolds", "ritter", "roebling", "saarinen", "schwedler", "seguin", "shukhov",
            "smeaton", "southwell", "stephenson", "steinman", "strauss", "taccola", "telford", "timoshenko", "torroja",
            "tredgold", "trevithick", "vauban", "vitruvius", "winkler", "wren", "zhukovsky");

    private ContainerNames() {}

    /** The name without a leading slash; INVALID in Docker's words when it breaks the rule. */
    public static String checked(String name) {
        if (!RULE.matcher(name).matches()) {
            throw Fault.invalid(
                    "Invalid container name (" + name + "), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
        }
        return name.startsWith("/") ? name.substring(1) : name;
    }

    /** @param attempt above zero a digit is added: the plain names may be running out */
    public static String generated(int attempt) {
        var random = ThreadLocalRandom.current();
        String name = QUALITIES.get(random.nextInt(QUALITIES.size())) + "_"
                + SURNAMES.get(random.nextInt(SURNAMES.size()));
        return attempt == 0 ? name : name + random.nextInt(1_000);
    }
}
