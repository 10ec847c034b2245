<?xml version="1.0" encoding="UTF-8"?>
<!-- This is where a framework is read for faults that its schema cannot see;
     nothing is printed where there is none.  With "census" it prints the
     counts of indicators instead: dimension, all, strong, medium, weak. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:f="urn:ihala:framework:1" xmlns:i="urn:ihala:instrument:1">
  <xsl:import href="conditions.xsl"/>
  <xsl:param name="census"/>
  <xsl:variable name="items" select="document(concat('../../xml/instrument/', /f:framework/@instrument, '.xml'))/i:instrument/i:section/i:item"/>

  <xsl:template match="/">
    <xsl:choose>
      <xsl:when test="$census">
        <xsl:for-each select="//f:dimension">
          <xsl:value-of select="concat(@id, ' ', count(f:indicator), ' ', count(f:indicator[@strength = 'strong']), ' ', count(f:indicator[@strength = 'medium']), ' ', count(f:indicator[@strength = 'weak']), '&#10;')"/>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="faults"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="faults">
    <xsl:apply-templates select="//f:text" mode="words"/>
    <xsl:apply-templates select="//f:when//*" mode="lint"/>
    <!-- one more "yes" must never lower a result -->
    <xsl:for-each select="//f:when//f:not | //f:when//f:answered"><xsl:call-template name="fault"><xsl:with-param name="text" select="concat(local-name(), ' is not monotone')"/></xsl:call-template></xsl:for-each>
    <xsl:for-each select="//f:indicator[@id = preceding::f:indicator/@id] | //f:dimension[@id = preceding-sibling::f:dimension/@id] | //f:row[@id = preceding-sibling::f:row/@id]"><xsl:call-template name="fault"><xsl:with-param name="text" select="'stands twice'"/></xsl:call-template></xsl:for-each>
    <xsl:for-each select="//f:positive[not(@dimension = //f:dimension/@id)]"><xsl:call-template name="fault"><xsl:with-param name="text" select="concat('no dimension ', @dimension)"/></xsl:call-template></xsl:for-each>
    <xsl:for-each select="//f:dimension-rule/f:row[not(@strong | @medium | @weak | @lesser | @any)]"><xsl:call-template name="fault"><xsl:with-param name="text" select="'asks for nothing'"/></xsl:call-template></xsl:for-each>
    <!-- one shape has strengths, one has points, the others neither -->
    <xsl:for-each select="//f:indicator[boolean(@points) != boolean(//f:points-rule)]"><xsl:call-template name="fault"><xsl:with-param name="text" select="'has points where none count, or none where they do'"/></xsl:call-template></xsl:for-each>
    <xsl:for-each select="//f:indicator[@code and not(f:source/@article)]"><xsl:call-template name="fault"><xsl:with-param name="text" select="'cites no article'"/></xsl:call-template></xsl:for-each>
    <xsl:for-each select="(//f:any-rule/f:row | //f:points-rule/f:band)[(@at-least | @from) &lt;= (preceding-sibling::*/@at-least | preceding-sibling::*/@from) or @level = 'possible' and preceding-sibling::*/@level = 'indicated']"><xsl:call-template name="fault"><xsl:with-param name="text" select="'does not rise'"/></xsl:call-template></xsl:for-each>
    <!-- two indicators of one dimension that say the same thing -->
    <xsl:for-each select="//f:indicator/f:text[. = ../preceding-sibling::f:indicator/f:text]"><xsl:call-template name="fault"><xsl:with-param name="text" select="concat('the ', @xml:lang, ' label stands twice in its dimension')"/></xsl:call-template></xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
