<?xml version="1.0" encoding="UTF-8"?>
<!-- One line a word, for src/xml/words.awk: key, file, review, then its texts
     in the order of words.awk, each after a tab.  White space is one space. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:w="urn:ihala:words:1">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="file"/>
  <xsl:template match="/">
    <xsl:for-each select="w:words/w:word">
      <xsl:value-of select="concat(@key, '&#9;', $file, '&#9;', @review)"/>
      <xsl:for-each select="w:text">
        <xsl:value-of select="concat('&#9;', @xml:lang, '=', normalize-space(.))"/>
      </xsl:for-each>
      <xsl:text>&#10;</xsl:text>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
