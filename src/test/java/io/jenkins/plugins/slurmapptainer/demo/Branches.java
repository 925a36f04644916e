package io.jenkins.plugins.slurmapptainer.demo;

import groovy.lang.Closure;
import hudson.model.Result;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The branches of one {@code parallel}, each on a thread of its own. */
final class Branches {
    private final boolean failFast;
    private final Map<String, Object> results = new LinkedHashMap<>();
    private final List<Strand> strands = new ArrayList<>();
    private Exception failure;
    private FlowInterruptedException stop;

    Branches(boolean failFast) {
        this.failFast = failFast;
    }

    /** @return what each branch has returned, when all have ended */
    Map<String, Object> run(Map<String, Object> branches) throws Exception {
        Strand parent = Strand.current();
        // In the order of the branches, whichever ends first.
        branches.keySet().forEach(name -> results.put(name, null));
        CountDownLatch left = new CountDownLatch(branches.size());
        branches.forEach((name, body) -> new Thread(
                        () -> {
                            try {
                                branch(parent, name, ((Closure<?>) body)::call);
                            } finally {
                                left.countDown();
                            }
                        },
                        "branch " + name)
                .start());
        boolean over = false;
        while (!over) {
            try {
                parent.waiting(() -> {
                    left.await();
                    return null;
                });
                over = true;
            } catch (FlowInterruptedException e) {
                stopAll(e);
            }
        }
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            return results;
        }
    }

    private void branch(Strand parent, String name, Callable<?> body) {
        Scope outer = parent.scope();
        BranchOutput lines = new BranchOutput(name, outer.console());
        PrintStream out = new PrintStream(lines, true, StandardCharsets.UTF_8);
        try {
            Strand.run(parent.turn(), outer.printingTo(out), () -> {
                out.println("[Pipeline] { (Branch: " + name + ")");
                begin(Strand.current());
                Object result = body.call();
                synchronized (this) {
                    results.put(name, result);
                }
                return result;
            });
        } catch (Exception e) {
            failed(name, e, outer.console());
        } catch (Error e) {
            failed(name, new IllegalStateException(e), outer.console());
        } finally {
            out.close();
        }
    }

    private synchronized void begin(Strand strand) throws FlowInterruptedException {
        if (stop != null) {
            throw stop;
        }
        strands.add(strand);
    }

    private synchronized void failed(String name, Exception e, PrintStream console) {
        if (failure == null) {
            failure = e;
            console.println("Failed in branch " + name);
            if (failFast) {
                stopAll(new FlowInterruptedException(Result.ABORTED, true));
            }
        } else if (e != failure) {
            failure.addSuppressed(e);
        }
    }

    private synchronized void stopAll(FlowInterruptedException cause) {
        stop = cause;
        strands.forEach(strand -> {
            strand.limited(cause);
            strand.stop(cause);
        });
    }
}
