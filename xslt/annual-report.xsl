<?xml version="1.0" encoding="UTF-8"?>
<!-- The report of a committee on a year: its rounded tables, as a return has
     them, and what its country's data say of who does what.  No exact count
     comes this far. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:return:1" xmlns:t="urn:ihala:tables:1"
    xmlns:m="urn:ihala:mechanism:1"
    xmlns="urn:ihala:block:1" exclude-result-prefixes="ih s r t m">
  <xsl:import href="paper.xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <xsl:variable name="kind" select="'annual-report'"/>
  <xsl:variable name="foot-key" select="'annual.foot'"/>
  <xsl:variable name="names" select="/s:sources/s:catalogue/t:tables"/>

  <xsl:template name="body">
    <xsl:call-template name="paper-about">
      <xsl:with-param name="more">
        <xsl:call-template name="same-field"><xsl:with-param name="key" select="'region.period'"/><xsl:with-param name="of" select="$returned/@period"/></xsl:call-template>
        <xsl:call-template name="same-field"><xsl:with-param name="key" select="'annual.persons'"/><xsl:with-param name="of" select="$returned/@persons"/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:for-each select="$sender/m:rule[@id = 'annual-report']"><list><xsl:call-template name="cited-item"/></list></xsl:for-each>
    <note><xsl:call-template name="word"><xsl:with-param name="key" select="'return.legend'"/></xsl:call-template></note>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'region.not-status'"/></xsl:call-template></p>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'annual.opened'"/></xsl:call-template></p>
    <p><xsl:call-template name="word"><xsl:with-param name="key" select="'region.bound'"/><xsl:with-param name="with" select="string($returned/@bound)"/></xsl:call-template></p>
    <xsl:apply-templates select="$returned/r:table"/>
    <xsl:call-template name="deciders"/>
    <xsl:if test="$sender/m:route">
      <xsl:call-template name="h"><xsl:with-param name="key" select="'annual.routes'"/></xsl:call-template>
      <list><xsl:for-each select="$sender/m:route"><xsl:call-template name="cited-item"/></xsl:for-each></list>
    </xsl:if>
    <xsl:call-template name="offered"/>
    <xsl:call-template name="help-lines"/>
    <sign>
      <place><label><xsl:call-template name="word"><xsl:with-param name="key" select="'annual.sign'"/></xsl:call-template></label><xsl:call-template name="paper-lines"/></place>
    </sign>
  </xsl:template>

  <!-- A category of VARIABLE by its name. -->
  <xsl:template name="category-cell">
    <xsl:param name="variable"/>
    <cell><xsl:call-template name="texts"><xsl:with-param name="of" select="$names/t:variable[@id = $variable]/t:category[@code = current()/@code]"/></xsl:call-template></cell>
  </xsl:template>

  <xsl:template name="number-cell">
    <xsl:param name="of"/>
    <cell><same><xsl:value-of select="$of"/></same></cell>
  </xsl:template>

  <xsl:template match="r:table">
    <h><xsl:call-template name="texts"><xsl:with-param name="of" select="$names/t:table[@id = current()/@id]/t:title"/></xsl:call-template></h>
    <table>
      <row>
        <cell><xsl:call-template name="texts"><xsl:with-param name="of" select="$names/t:variable[@id = current()/@rows]/t:title"/></xsl:call-template></cell>
        <xsl:for-each select="r:column"><xsl:call-template name="category-cell"><xsl:with-param name="variable" select="../@columns"/></xsl:call-template></xsl:for-each>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'region.total'"/></xsl:call-template>
      </row>
      <xsl:for-each select="r:row">
        <row>
          <xsl:call-template name="category-cell"><xsl:with-param name="variable" select="../@rows"/></xsl:call-template>
          <xsl:for-each select="r:cell"><xsl:call-template name="number-cell"><xsl:with-param name="of" select="."/></xsl:call-template></xsl:for-each>
          <xsl:call-template name="number-cell"><xsl:with-param name="of" select="@total"/></xsl:call-template>
        </row>
      </xsl:for-each>
      <row>
        <xsl:call-template name="word-cell"><xsl:with-param name="key" select="'region.total'"/></xsl:call-template>
        <xsl:for-each select="r:column"><xsl:call-template name="number-cell"><xsl:with-param name="of" select="@total"/></xsl:call-template></xsl:for-each>
        <xsl:call-template name="number-cell"><xsl:with-param name="of" select="@total"/></xsl:call-template>
      </row>
    </table>
    <xsl:if test="@multi">
      <p><xsl:call-template name="word"><xsl:with-param name="key" select="'region.multi'"/><xsl:with-param name="with" select="string($returned/@persons)"/></xsl:call-template></p>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
