package io.jenkins.plugins.slurmapptainer.pipeline;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * The forms in which a Jenkinsfile may write the value of a parameter, by the parameter's type. In addition to Jenkins'
 * own conversions, a number may stand for text, text may stand for a number or a switch, and a list or a map may stand
 * for text with several parts. What Jenkins would silently misread, such as {@code 'yes'} as false, is an error.
 */
final class ArgumentForms {
    private ArgumentForms() {}

    /**
     * Converts a written value to the parameter's type.
     *
     * @param type {@link String}, {@link Integer}, {@code boolean} or {@link List}, whose elements are texts
     * @throws InvalidRequestException when that is not possible
     */
    static Object read(String name, Class<?> type, Object written) {
        if (type == List.class) {
            return ListForm.of(name).elements(written);
        }
        if (type == boolean.class || type == Boolean.class) {
            return flag(name, written);
        }
        if (type == int.class || type == Integer.class) {
            return number(name, written);
        }
        return ListForm.isSeveral(written) ? ListForm.of(name).text(written) : text(name, written);
    }

    private static String text(String name, Object written) {
        if (written instanceof CharSequence || written instanceof Character) {
            return written.toString();
        }
        if (written instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (written instanceof Number) {
            return written.toString();
        }
        throw new InvalidRequestException(
                name, shown(written) + " (" + written.getClass().getSimpleName() + ") is no text");
    }

    private static Boolean flag(String name, Object written) {
        if (written instanceof Boolean flag) {
            return flag;
        }
        String text =
                written instanceof CharSequence ? written.toString().strip().toLowerCase(Locale.ROOT) : "";
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        throw new InvalidRequestException(name, shown(written) + " is neither true nor false");
    }

    private static Integer number(String name, Object written) {
        if (written instanceof Number || written instanceof CharSequence) {
            try {
                return new BigDecimal(written.toString().strip()).intValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                // Reported below.
            }
        }
        throw new InvalidRequestException(name, shown(written) + " is not a whole number");
    }

    private static String shown(Object written) {
        return "'" + Printable.of(String.valueOf(written)) + "'";
    }
}
