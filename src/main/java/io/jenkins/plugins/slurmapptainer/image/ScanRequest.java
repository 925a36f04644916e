package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;

/**
 * What a head node must scan.
 *
 * @param roots directories to scan
 * @param apptainer name or path of the container program
 * @param known files that were inspected earlier, by path; they are inspected again only if they have changed
 * @param limits limits of the scan
 */
public record ScanRequest(
        ArrayList<ScanRoot> roots, String apptainer, HashMap<String, FileStamp> known, ScanLimits limits)
        implements Serializable {}
