package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.WatchChanges;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The lists that are watched on this machine, kept between calls. Safe for several threads. */
final class WatchLists {
    private static final Logger LOGGER = Logger.getLogger(WatchLists.class.getName());
    /** A watcher that stops asking has ended, or asks another machine. */
    private static final long KEPT_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final Map<String, Kept> LISTS = new HashMap<>();

    private WatchLists() {}

    private static final class Kept {
        private final WatchList list;
        private long used;

        Kept(WatchList list) {
            this.list = list;
        }
    }

    /** The request's list with its changes applied; empty if only changes arrived for a list that is not known here. */
    static Optional<WatchList> of(ObserveRequest request) throws IOException {
        WatchChanges changes = request.watches();
        WatchList list = changes.list().isEmpty() ? new WatchList(request.root(), true) : kept(request);
        return list.apply(changes) ? Optional.of(list) : Optional.empty();
    }

    private static WatchList kept(ObserveRequest request) {
        long now = System.nanoTime();
        synchronized (LISTS) {
            forgetUnused(now);
            Kept kept = LISTS.computeIfAbsent(
                    request.watches().list(), name -> new Kept(new WatchList(request.root(), false)));
            kept.used = now;
            return kept.list;
        }
    }

    private static void forgetUnused(long now) {
        for (Iterator<Kept> all = LISTS.values().iterator(); all.hasNext(); ) {
            Kept kept = all.next();
            if (now - kept.used > KEPT_NANOS) {
                all.remove();
                try {
                    kept.list.close();
                } catch (IOException e) {
                    LOGGER.log(Level.FINE, "a log could not be closed", e);
                }
            }
        }
    }
}
