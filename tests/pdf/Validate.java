import java.io.FileInputStream;
import java.util.List;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/**
 * Holds PDFs against profiles of veraPDF, all in one JVM.
 *
 * <p>Arguments: profiles (as ua1 or 3a), then "--", then files. Prints a line for each file and
 * profile: file, profile, number of checks; then one for each rule that failed: file, profile,
 * "failed", rule, how often, and the first message. Fields are divided by tabs.
 */
public class Validate {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        List<String> all = List.of(arguments);
        int divide = all.indexOf("--");
        for (String file : all.subList(divide + 1, all.size())) {
            for (String profile : all.subList(0, divide)) {
                validate(file, profile);
            }
        }
    }

    private static void validate(String file, String profile) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.fromString(profile);
        try (PDFAParser parser =
                Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
            var result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            System.out.println(file + "\t" + profile + "\t" + result.getTotalAssertions());
            var failed = new TreeMap<String, Integer>();
            var messages = new TreeMap<String, String>();
            for (TestAssertion check : result.getTestAssertions()) {
                if (check.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = check.getRuleId().getClause() + "-" + check.getRuleId().getTestNumber();
                    failed.merge(rule, 1, Integer::sum);
                    messages.putIfAbsent(rule, check.getMessage());
                }
            }
            failed.forEach((rule, count) -> System.out.println(String.join("\t",
                    file, profile, "failed", rule, count.toString(), messages.get(rule))));
        }
    }
}
