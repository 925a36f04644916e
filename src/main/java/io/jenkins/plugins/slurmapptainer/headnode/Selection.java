package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.script.Export;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * The files of a workspace that a job gets.
 *
 * @param names relative to the workspace
 * @param exports the variables with their paths, for the directory where they will be
 * @param bytes their total size
 * @param notes lines for the console about them and about what was left out
 */
public record Selection(ArrayList<String> names, ArrayList<Export> exports, long bytes, ArrayList<String> notes)
        implements Serializable {}
