package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What a job does. Each writes down every start and, as its last act, how it means to end; see {@link Truth}. */
enum Behaviour {
    SUCCEEDS(20) {
        @Override
        String body(RandomGenerator random) {
            return "sleep " + seconds(random, 8) + "\nfinish 0\n";
        }
    },
    FAILS(15) {
        @Override
        String body(RandomGenerator random) {
            return "sleep " + seconds(random, 6) + "\nfinish " + (1 + random.nextInt(125)) + "\n";
        }
    },
    KILLS_ITSELF(8) {
        @Override
        String body(RandomGenerator random) {
            int signal = new int[] {6, 9, 11, 15}[random.nextInt(4)];
            return "sleep " + seconds(random, 4) + "\nnote end code=" + (128 + signal) + "\nkill -" + signal
                    + " $$\nsleep 5\n";
        }
    },
    PRINTS_MUCH(10) {
        @Override
        String body(RandomGenerator random) {
            return "for i in 1 2 3 4; do seq -f 'line %.0f of a long output with ünïcode' "
                    + (5_000 + random.nextInt(5_000)) + "; sleep " + seconds(random, 1) + "; done\nfinish 0\n";
        }
    },
    IGNORES_TERM(8) {
        @Override
        String body(RandomGenerator random) {
            return "trap 'note term' TERM\nfor i in $(seq " + (5 + random.nextInt(100))
                    + "); do sleep 0.1; done\nfinish 0\n";
        }
    },
    TIDIES_UP_ON_TERM(10) {
        @Override
        String body(RandomGenerator random) {
            return "trap 'note end code=0 by=TERM; exit 0' TERM\nfor i in $(seq " + (10 + random.nextInt(150))
                    + "); do sleep 0.1; done\nfinish 0\n";
        }
    },
    RUNS_LONG(10) {
        @Override
        String body(RandomGenerator random) {
            return "sleep " + (10 + random.nextInt(20)) + "\nfinish 0\n";
        }
    },
    READS_STDIN(5) {
        @Override
        String body(RandomGenerator random) {
            return "cat\nsleep " + seconds(random, 2) + "\ncat | wc -c\nfinish 0\n";
        }
    },
    NEEDS_MEMORY(5) {
        @Override
        Map<Directive, String> directives() {
            return Map.of(Directive.TIME, "9", Directive.MEMORY, "100M");
        }

        @Override
        boolean inImage() {
            return true;
        }

        @Override
        String body(RandomGenerator random) {
            return "python3 -c 'import time; x = b\"x\" * (400 << 20); time.sleep(30)'\nfinish $?\n";
        }
    },
    RUNS_PYTHON(8) {
        @Override
        boolean inImage() {
            return true;
        }

        @Override
        String script(String truth, RandomGenerator random) {
            return String.join(
                    "\n",
                    "#!/usr/bin/env python3",
                    "import os, random, sys, time",
                    "run = random.randrange(10 ** 12)",
                    "def note(what, more):",
                    "    with open('" + truth + "', 'a') as f:",
                    "        f.write('%s job=%s attempt=%s run=%d node=%s time=%.6f %s\\n' % (what, os.environ['SLURM_JOB_ID'],",
                    "            os.environ.get('SLURM_RESTART_COUNT', '0'), run, os.environ['SLURM_JOB_NODELIST'],",
                    "            time.time(), more))",
                    "note('start', '')",
                    "time.sleep(" + seconds(random, 6) + ")",
                    "code = " + (random.nextBoolean() ? 0 : 1 + random.nextInt(100)),
                    "note('end', 'code=%d' % code)",
                    "sys.exit(code)",
                    "");
        }

        @Override
        String body(RandomGenerator random) {
            throw new UnsupportedOperationException("not a shell script");
        }
    },
    REACHES_ITS_TIME_LIMIT(4) {
        @Override
        Map<Directive, String> directives() {
            return Map.of(Directive.TIME, "1");
        }

        @Override
        String body(RandomGenerator random) {
            return "sleep 300\nfinish 0\n";
        }
    };

    private final int weight;

    Behaviour(int weight) {
        this.weight = weight;
    }

    abstract String body(RandomGenerator random);

    /** All fit into both partitions, so that a job can be moved. */
    Map<Directive, String> directives() {
        return Map.of(Directive.TIME, "9");
    }

    /** Whether it runs in the image only. */
    boolean inImage() {
        return false;
    }

    /** @param truth the file for starts and ends */
    String script(String truth, RandomGenerator random) {
        return "run=$RANDOM$RANDOM$RANDOM\n"
                + "note() { echo \"$1 job=$SLURM_JOB_ID attempt=${SLURM_RESTART_COUNT:-0} run=$run node=$SLURM_JOB_NODELIST\"\\\n"
                + "\" time=$(date +%s.%N) ${*:2}\" >>'" + truth + "'; }\n"
                + "finish() { note end \"code=$1\"; exit \"$1\"; }\n"
                + "note start\n"
                + body(random);
    }

    static Behaviour any(RandomGenerator random) {
        int all = 0;
        for (Behaviour behaviour : values()) {
            all += behaviour.weight;
        }
        int left = random.nextInt(all);
        for (Behaviour behaviour : values()) {
            left -= behaviour.weight;
            if (left < 0) {
                return behaviour;
            }
        }
        throw new AssertionError(left);
    }

    private static String seconds(RandomGenerator random, int most) {
        return String.valueOf(random.nextInt(most * 1000) / 1000.0);
    }
}
