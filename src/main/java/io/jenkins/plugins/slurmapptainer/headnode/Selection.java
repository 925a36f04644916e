package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.script.Export;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * The files that a job gets from a workspace.
 *
 * @param names relative to the workspace
 * @param exports the variables that name them, for the directory where they will be
 * @param bytes their total size
 * @param notes about them and about what was left out, in words for the console
 */
public record Selection(ArrayList<String> names, ArrayList<Export> exports, long bytes, ArrayList<String> notes)
        implements Serializable {}
