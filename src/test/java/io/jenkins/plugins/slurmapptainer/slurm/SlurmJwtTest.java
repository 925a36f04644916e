package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmJwtTest {
    private static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdW4iOiJnYW1lcyJ9.c2lnbmF0dXJl_-";

    private static Map<String, String> environment(SlurmJwt jwt) {
        Map<String, String> environment = new HashMap<>();
        jwt.addTo(environment);
        return environment;
    }

    @ParameterizedTest
    @ValueSource(strings = {TOKEN, "SLURM_JWT=" + TOKEN + "\n", "  " + TOKEN + " "})
    void theOutputOfScontrolIsRead(String text) {
        assertEquals(Map.of("SLURM_JWT", TOKEN), environment(SlurmJwt.of(text)));
    }

    @Test
    void withoutATokenNoVariableIsSet() {
        assertEquals(Map.of(), environment(SlurmJwt.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hunter2", "a.b", "a.b.c.d", "a. b.c", "a.b.c\nSLURM_CONF=x", "daemon"})
    void anythingElseIsRefusedAndNotRepeated(String text) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> SlurmJwt.of(text));
        assertFalse(e.getMessage().contains("hunter2"), e.getMessage());
    }

    @Test
    void theExpiryIsRead() {
        assertEquals(
                Optional.of(Instant.ofEpochSecond(1700000000)),
                SlurmJwt.of(claims("{\"exp\": 1700000000,\"sun\":\"g\"}")).expiry());
        assertEquals(Optional.empty(), SlurmJwt.of(claims("{\"sun\":\"exp\"}")).expiry());
        assertEquals(Optional.empty(), SlurmJwt.of("a.b.c").expiry());
        assertEquals(Optional.empty(), SlurmJwt.NONE.expiry());
    }

    private static String claims(String json) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    @Test
    void noTextShowsTheToken() {
        assertEquals(
                "SlurmAccess[directory=/opt, jwt=a token]", new SlurmAccess("/opt", SlurmJwt.of(TOKEN)).toString());
    }
}
