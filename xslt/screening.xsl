<?xml version="1.0" encoding="UTF-8"?>
<!-- What the answers support and why, and what is still unknown: never a verdict. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:p="urn:ihala:copy:1" xmlns:c="urn:ihala:case:1"
    xmlns:a="urn:ihala:answers:1" xmlns:e="urn:ihala:assessment:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:m="urn:ihala:mechanism:1"
    xmlns:k="urn:ihala:consent:1" xmlns:v="urn:ihala:service:1"
    xmlns:l="urn:ihala:lifecycle:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s p c a e i m k v l">
  <xsl:import href="paper.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:variable name="kind" select="'screening'"/>
  <xsl:variable name="foot-key" select="'paper.office-only'"/>

  <xsl:template name="body">
    <xsl:call-template name="paper-about"/>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'screening-paper.purpose'"/></xsl:call-template></note>
    <xsl:call-template name="urgency"/>
    <xsl:call-template name="interview"/>
    <xsl:call-template name="assessments"/>
    <xsl:call-template name="unknown"/>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'document.not-determination'"/></xsl:call-template></note>
    <sign>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.office'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'paper.sign.supervisor'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
    </sign>
  </xsl:template>
  <xsl:template name="unknown">
    <xsl:variable name="open" select="$case/a:answers/a:answer[@state = 'blank' or @state = 'unknown' or @state = 'refused']"/>
    <xsl:call-template name="h"><xsl:with-param name="key" select="'screening-paper.unknown'"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="$open">
        <table>
          <row>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'copy.question'"/></xsl:call-template>
            <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'screening-paper.state'"/></xsl:call-template>
          </row>
          <xsl:for-each select="$open">
            <row>
              <cell><xsl:call-template name="question"><xsl:with-param name="item" select="@item"/></xsl:call-template></cell>
              <xsl:call-template name="word-cell"><xsl:with-param name="key" select="concat('copy.state.', @state)"/></xsl:call-template>
            </row>
          </xsl:for-each>
        </table>
      </xsl:when>
      <xsl:otherwise><p><xsl:call-template name="word"><xsl:with-param name="key" select="'screening-paper.unknown.none'"/></xsl:call-template></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
