package hudson.security;

import org.springframework.security.access.AccessDeniedException;

public class AccessDeniedException3 extends AccessDeniedException {
    private static final long serialVersionUID = 1L;

    private AccessDeniedException3() {
        super("");
    }
}
