package io.jenkins.plugins.slurmapptainer.demo;

import groovy.lang.Closure;
import hudson.AbortException;
import hudson.model.Result;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.flow.ErrorCondition;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The steps that decide what runs, how often and for how long. */
final class FlowSteps {
    private final ScheduledExecutorService timers;
    private final DemoBuild build;

    FlowSteps(ScheduledExecutorService timers, DemoBuild build) {
        this.timers = timers;
        this.build = build;
    }

    private static Scope scope() {
        return Strand.current().scope();
    }

    private static void println(String line) {
        scope().console().println(line);
    }

    Object stage(StepCall call) throws Exception {
        String name = call.having("name", "concurrency").text("name");
        println("[Pipeline] { (" + name + ")");
        return Strand.current().in(scope().with(Map.of("STAGE_NAME", name)), call::inside);
    }

    Object error(StepCall call) throws AbortException {
        throw new AbortException(call.having("message").text("message"));
    }

    Object sleep(StepCall call) throws Exception {
        Duration time = time(call.having("time", "unit"), "SECONDS");
        println("Sleeping for " + words(time));
        Strand.current().waiting(() -> {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            return null;
        });
        return null;
    }

    Object timeout(StepCall call) throws Exception {
        call.having("time", "unit", "activity");
        if (call.flag("activity", false)) {
            throw new AbortException("timeout: activity needs Jenkins; leave it out here");
        }
        Duration time = time(call, "MINUTES");
        Strand strand = Strand.current();
        Scope here = scope();
        println("Timeout set to expire in " + words(time));
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, false);
        strand.limited(cause);
        ScheduledFuture<?> timer = timers.schedule(
                () -> {
                    here.console().println("Cancelling nested steps due to timeout");
                    strand.stop(cause);
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return call.inside();
        } finally {
            timer.cancel(false);
            strand.unlimited(cause);
        }
    }

    Object retry(StepCall call) throws Exception {
        call.having("count", "conditions");
        for (long left = call.number("count"); ; left--) {
            try {
                return call.inside();
            } catch (Exception e) {
                if (left <= 1 || Strand.current().isStoppedBy(e) || !mayRepeat(call, e)) {
                    throw e;
                }
                println("ERROR: " + e.getMessage());
                println("Retrying");
            }
        }
    }

    private static boolean mayRepeat(StepCall call, Exception failure) throws Exception {
        boolean matches = call.list("conditions").isEmpty();
        for (Object condition : call.list("conditions")) {
            if (!(condition instanceof ErrorCondition test)) {
                throw new AbortException("retry: conditions: '" + condition + "' is no condition");
            }
            matches = matches || test.test(failure, null);
        }
        return matches;
    }

    Object parallel(StepCall call) throws Exception {
        Map<String, Object> branches = call.arguments();
        boolean failFast = Boolean.TRUE.equals(branches.remove("failFast"));
        for (Map.Entry<String, Object> branch : branches.entrySet()) {
            if (!(branch.getValue() instanceof Closure)) {
                throw new AbortException("parallel: '" + branch.getKey() + "' is no block { … }");
            }
        }
        return new Branches(failFast).run(branches);
    }

    Object unstable(StepCall call) throws AbortException {
        println("WARNING: " + call.having("message").text("message"));
        build.setResult("UNSTABLE");
        return null;
    }

    Object catchError(StepCall call) throws AbortException {
        call.having("message", "buildResult", "stageResult", "catchInterruptions");
        return caught(call, call.text("buildResult", "FAILURE"));
    }

    Object warnError(StepCall call) throws AbortException {
        call.having("message", "catchInterruptions").text("message");
        return caught(call, "UNSTABLE");
    }

    private Object caught(StepCall call, String result) throws AbortException {
        try {
            return call.inside();
        } catch (Exception e) {
            if (isInterruption(e) && !call.flag("catchInterruptions", true)) {
                throw e;
            }
            if (call.arguments().containsKey("message")) {
                println(call.text("message"));
            }
            println("ERROR: " + e.getMessage());
            build.setResult(result);
            return null;
        }
    }

    /** Groovy throws checked exceptions undeclared. */
    static boolean isInterruption(Throwable failure) {
        return failure instanceof FlowInterruptedException;
    }

    private static Duration time(StepCall call, String usual) throws AbortException {
        String unit = call.text("unit", usual).toUpperCase(Locale.ROOT);
        try {
            return Duration.of(call.number("time"), TimeUnit.valueOf(unit).toChronoUnit());
        } catch (IllegalArgumentException e) {
            throw new AbortException(
                    call.name() + ": unit: '" + unit + "' is none of " + Arrays.toString(TimeUnit.values()));
        }
    }

    private static String words(Duration time) {
        return time.toMinutes() == 0
                ? (time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " sec")
                : time.toMinutes() + " min " + time.toSecondsPart() + " sec";
    }
}
