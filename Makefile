# See `make help`. What a target does is in src/build and src/cluster.
.DEFAULT_GOAL := help
.PHONY: help demo test bench soak fuzz cluster-up cluster-down jenkins clean

# Only from the command line: a Jenkins build has a WORKSPACE in its environment, which is not the one meant.
ifeq ($(origin JENKINSFILE),command line)
demo: export DEMO_JENKINSFILE := $(JENKINSFILE)
endif
ifeq ($(origin WORKSPACE),command line)
demo: export DEMO_WORKSPACE := $(WORKSPACE)
endif

help:
	@echo 'make demo          run docs/examples/Jenkinsfile on a real Slurm cluster, made on this machine if there is none;'
	@echo '                   JENKINSFILE=… and WORKSPACE=… run another one'
	@echo 'make test          run all tests that this machine can run, and say which were left out; DISTURB=no: without those that'
	@echo '                   take daemons and nodes of clusters of their own down, with a slice of the soak run; SOAK=no: without that slice'
	@echo 'make bench         measure the plugin on a cluster of its own, and what people do without it; BENCH_OUT=FILE: as Markdown'
	@echo 'make soak          many jobs under random faults on a cluster of its own, as root; SEED=…, JOBS=… (300)'
	@echo 'make fuzz          random inputs for every reader of foreign text, for 600 s; SECONDS=…, SEED=…'
	@echo 'make cluster-up    start the cluster that demo and test use; make cluster-down ends it'
	@echo 'make jenkins       run a Jenkins with this plugin, an agent on the cluster and the sample job; PORT=… (8080)'
	@echo 'make clean         remove what was built'

demo:
	@src/build/demo.sh

test:
	@src/build/test.sh

bench:
	@src/build/bench.sh

soak:
	@src/build/soak.sh

fuzz:
	@$(if $(filter command line,$(origin SECONDS)),FUZZ_SECONDS=$(SECONDS)) src/build/fuzz.sh

cluster-up:
	@src/cluster/cluster up

cluster-down:
	@src/cluster/cluster down

jenkins:
	@$(if $(PORT),PORT=$(PORT)) src/build/jenkins.sh

clean:
	rm -rf target
