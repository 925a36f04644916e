package io.jenkins.plugins.slurmapptainer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.remoting.Future;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The agent goes away while it works: nobody knows what it has done. Faults 4 and 32. */
class BrokenConnectionTest {
    /** An answer that is an exception. */
    private record Failed<V>(Throwable cause) implements Future<V> {
        @Override
        public boolean cancel(boolean mayInterrupt) {
            return false;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean isDone() {
            return true;
        }

        @Override
        public V get() throws ExecutionException {
            throw new ExecutionException(cause);
        }

        @Override
        public V get(long timeout, TimeUnit unit) throws ExecutionException {
            return get();
        }
    }

    /** The interface has more methods in the real Jenkins than where it is only declared. */
    private static HeadNode agent(Throwable cause) {
        VirtualChannel channel = (VirtualChannel) Proxy.newProxyInstance(
                VirtualChannel.class.getClassLoader(), new Class<?>[] {VirtualChannel.class}, (self, method, args) -> {
                    assertEquals("callAsync", method.getName());
                    return new Failed<>(cause);
                });
        return new AgentHeadNode(new AgentConnection("agent1", channel), SlurmAccess.ON_PATH);
    }

    @Test
    @DisplayName("4, 32: a broken connection is no answer, so it is asked again")
    void aBrokenConnectionIsNoAnswer() {
        HeadNode agent = agent(new RequestAbortedException(new IOException("channel is closed")));
        JobDirectory directory = new JobDirectory("/s/c1", JobToken.random());
        IOException e = assertThrows(
                IOException.class, () -> agent.submit(new SubmitRequest(directory, "x", JobEnvironment.NONE)));
        assertTrue(e.getMessage().startsWith("agent agent1: "), e.getMessage());
        assertThrows(IOException.class, () -> agent.cancel(new CancelRequest("12", "", CancelRequest.How.ORDERLY)));
    }

    @Test
    @DisplayName("what the agent refuses is refused")
    void aRefusalIsAnAnswer() {
        HeadNode agent = agent(new InvalidRequestException("files", "no such file"));
        assertThrows(
                InvalidRequestException.class,
                () -> agent.cancel(new CancelRequest("12", "", CancelRequest.How.ORDERLY)));
    }
}
