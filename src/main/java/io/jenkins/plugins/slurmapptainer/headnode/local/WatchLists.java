package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.WatchChanges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
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
        List<WatchList> unused;
        WatchList list;
        synchronized (LISTS) {
            unused = forgetUnused(now);
            Kept kept = LISTS.computeIfAbsent(
                    request.watches().list(), name -> new Kept(new WatchList(request.root(), false)));
            kept.used = now;
            list = kept.list;
        }
        close(unused);
        return list;
    }

    private static List<WatchList> forgetUnused(long now) {
        List<WatchList> unused = new ArrayList<>();
        for (Iterator<Kept> all = LISTS.values().iterator(); all.hasNext(); ) {
            Kept kept = all.next();
            if (now - kept.used > KEPT_NANOS) {
                all.remove();
                unused.add(kept.list);
            }
        }
        return unused;
    }

    /** Not by whoever asks: a look at a file system that does not answer may still hold the list. */
    private static void close(List<WatchList> unused) {
        for (WatchList list : unused) {
            Thread closing = new Thread(() -> close(list), "closing logs that nobody watches");
            closing.setDaemon(true);
            closing.start();
        }
    }

    private static void close(WatchList list) {
        try {
            list.close();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "a log could not be closed", e);
        }
    }
}
