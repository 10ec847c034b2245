<?xml version="1.0" encoding="UTF-8"?>
<!-- Records as CSV (RFC 4180), UTF-8 with a byte order mark: one record, or, where
     PART is "head", the names of its fields.  Several codes of one field are
     separated by a space, as in a submission of the published form. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="quoted.xsl"/>
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="part"/>
  <xsl:template match="/record">
    <xsl:choose>
      <xsl:when test="$part = 'head'">
        <xsl:text>&#xFEFF;"record",</xsl:text>
        <xsl:for-each select="field"><xsl:value-of select="concat('&quot;', @name, '&quot;,')"/></xsl:for-each>
        <xsl:text>"source"&#13;&#10;</xsl:text>
      </xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="concat('&quot;', @code, '&quot;,')"/>
        <xsl:for-each select="field">
          <xsl:call-template name="field"><xsl:with-param name="text"><xsl:for-each select="value"><xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if><xsl:value-of select="."/></xsl:for-each></xsl:with-param></xsl:call-template>
          <xsl:text>,</xsl:text>
        </xsl:for-each>
        <xsl:text>"</xsl:text><xsl:call-template name="credit"/><xsl:text>"&#13;&#10;</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
