package hudson.console;

import java.io.File;
import org.kohsuke.stapler.framework.io.LargeText;

public class AnnotatedLargeText<T> extends LargeText {
    AnnotatedLargeText() {
        super((File) null, false);
    }
}
