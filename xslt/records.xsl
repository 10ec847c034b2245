<?xml version="1.0" encoding="UTF-8"?>
<!-- One case as a record of a case data standard: each field of the mapping that
     is written, with its codes, and behind them what no code of the standard
     says.  Answers that tell who it is, free text and days do not come here:
     the mapping has no `write` for them, and the facts have no identity. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:s="urn:ihala:sources:1" xmlns:p="urn:ihala:mapping:1"
    xmlns:c="urn:ihala:case:1" xmlns:a="urn:ihala:answers:1"
    xmlns:m="urn:ihala:mechanism:1" exclude-result-prefixes="s p c a m">
  <xsl:output method="xml" encoding="UTF-8"/>
  <xsl:param name="code"/>
  <!-- where the case stands, which its row in the registry says -->
  <xsl:param name="file"/>
  <xsl:param name="determination"/>
  <xsl:param name="interview-consent"/>
  <xsl:variable name="case" select="/s:sources/s:facts/c:case"/>
  <xsl:variable name="answers" select="$case/a:answers/a:answer"/>
  <xsl:variable name="fields" select="/s:sources/s:mapping/p:mapping/p:field[p:write[@as or @same] or p:code[@item and not(@one-way)]]"/>
  <!-- a decision that no longer stands, or not yet, has no decider -->
  <xsl:variable name="decided" select="$case/c:determination[@state = $determination][last()]"/>
  <xsl:variable name="left" select="$case/c:referral[not(contains(' draft consent-checked approved sealed revoked expired superseded consent-withdrawn ', concat(' ', @status, ' ')))]"/>

  <xsl:template match="/">
    <record code="{$code}">
      <xsl:for-each select="$fields">
        <field name="{@name}">
          <xsl:if test="not(@of-those) or $answers[@item = 'exploitation-form' and not(@state)]/a:value[. = current()/@of-those]">
            <xsl:apply-templates select="p:write[@same]"/>
            <!-- each code once, however many answers stand behind it -->
            <xsl:for-each select="(p:write[@as] | p:code[@item and not(@one-way)])[not((@as | @is) = (preceding-sibling::p:write/@as | preceding-sibling::p:code[@item and not(@one-way)]/@is))]">
              <xsl:variable name="is" select="@as | @is"/>
              <xsl:variable name="met"><xsl:apply-templates select="../*[(@as | @is) = $is]" mode="met"/></xsl:variable>
              <xsl:if test="$met != ''"><value><xsl:value-of select="$is"/></value></xsl:if>
            </xsl:for-each>
          </xsl:if>
        </field>
      </xsl:for-each>
      <field name="cco_CaseComment">
        <xsl:for-each select="/s:sources/s:mapping/p:mapping/p:field/p:write[@note and not(@note = preceding-sibling::p:write/@note)]">
          <xsl:variable name="met"><xsl:apply-templates select="../p:write[@note = current()/@note]" mode="met"/></xsl:variable>
          <xsl:if test="$met != ''"><value><xsl:value-of select="concat(../@name, '=', @note)"/></value></xsl:if>
        </xsl:for-each>
      </field>
    </record>
  </xsl:template>

  <!-- ==== what stands as it is -->

  <xsl:template match="p:write[@item and @same]">
    <xsl:for-each select="$answers[@item = current()/@item and not(@state)]/a:value[not(contains(concat(' ', current()/@but, ' '), concat(' ', ., ' ')))]">
      <value><xsl:value-of select="."/></value>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="p:write[@of = 'referred-to']">
    <xsl:for-each select="$left[last()]"><value><xsl:value-of select="@to"/></value></xsl:for-each>
  </xsl:template>

  <xsl:template match="p:write[@of = 'referred-before']">
    <xsl:for-each select="$left[position() != last()]"><value><xsl:value-of select="@to"/></value></xsl:for-each>
  </xsl:template>

  <!-- ==== "met": does this row hold in this case? -->

  <xsl:template match="*" mode="met"/>

  <xsl:template match="p:code[@item and not(@one-way)]" mode="met">
    <xsl:variable name="value"><xsl:choose><xsl:when test="@same"><xsl:value-of select="@is"/></xsl:when><xsl:otherwise><xsl:value-of select="@value"/></xsl:otherwise></xsl:choose></xsl:variable>
    <xsl:variable name="given" select="$answers[@item = current()/@item and not(@state)]"/>
    <!-- with a state: whatever the reason that nothing was answered -->
    <xsl:if test="@state and not($given) or not(@state) and $given/a:value[. = $value]">met</xsl:if>
  </xsl:template>

  <xsl:template match="p:write[@item]" mode="met">
    <xsl:variable name="given" select="$answers[@item = current()/@item and not(@state)]/a:value"/>
    <xsl:if test="$given[. = current()/@value] or @but and $given[not(contains(concat(' ', current()/@but, ' '), concat(' ', ., ' ')))]">met</xsl:if>
  </xsl:template>

  <xsl:template match="p:write[@of]" mode="met">
    <xsl:variable name="stands">
      <xsl:choose>
        <xsl:when test="@of = 'file'"><xsl:value-of select="$file"/></xsl:when>
        <xsl:when test="@of = 'determination'"><xsl:value-of select="$determination"/></xsl:when>
        <xsl:when test="@of = 'interview-consent'"><xsl:value-of select="$interview-consent"/></xsl:when>
        <xsl:when test="@of = 'decider'"><xsl:value-of select="/s:sources/s:mechanism/m:mechanism/m:body[@id = $decided/@body]/@kind"/></xsl:when>
        <xsl:when test="@of = 'referred-for' and $left[last()]/c:service">services</xsl:when>
        <xsl:when test="@of = 'referred-for' and $left">other</xsl:when>
      </xsl:choose>
    </xsl:variable>
    <xsl:if test="string($stands) != '' and ($stands = @value or @but and not(contains(concat(' ', @but, ' '), concat(' ', $stands, ' '))))">met</xsl:if>
  </xsl:template>
</xsl:stylesheet>
