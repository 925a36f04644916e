package io.jenkins.plugins.slurmapptainer.build;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What is written in a POM, with its own properties filled in. */
final class PomFile {
    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    private final Document document;

    PomFile(String name) {
        try {
            document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Path.of(name).toFile());
        } catch (Exception e) {
            throw new IllegalStateException("cannot read " + name, e);
        }
    }

    /** A text that is there exactly once. */
    String text(String path) {
        List<String> texts = texts(path);
        if (texts.size() != 1) {
            throw new IllegalStateException(path + " is there " + texts.size() + " times");
        }
        return texts.get(0);
    }

    List<String> texts(String path) {
        return nodes(path).stream()
                .map(node -> interpolated(node.getTextContent().strip()))
                .toList();
    }

    List<Node> nodes(String path) {
        try {
            NodeList nodes = (NodeList) XPATH.evaluate(path, document, XPathConstants.NODESET);
            return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).toList();
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    private String interpolated(String text) {
        String result = text;
        for (Node property : nodes("/project/properties/*")) {
            String name = "${" + property.getNodeName() + "}";
            if (result.contains(name)) {
                return interpolated(result.replace(name, property.getTextContent()));
            }
        }
        return result.replace("${project.artifactId}", "slurm-apptainer");
    }
}
