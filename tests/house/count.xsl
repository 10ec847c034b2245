<?xml version="1.0" encoding="UTF-8"?>
<!-- The tables of xml/summary/tables.xml counted from interviews, by a second
     reading of what the definitions say: coded rows, or their counts.
     Input: <list committee="MA"><file>...</file></list>. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:t="urn:ihala:tables:1" xmlns:a="urn:ihala:answers:1"
    xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="t a exsl">
  <xsl:output method="text"/>
  <xsl:param name="rows"/>
  <xsl:variable name="tables" select="document('../../xml/summary/tables.xml')/t:tables"/>
  <xsl:variable name="asked" select="$tables/t:variable[contains(' choice choices number country ', concat(' ', @from, ' '))]"/>

  <xsl:template match="/list">
    <xsl:variable name="committee" select="@committee"/>
    <xsl:variable name="coded">
      <xsl:for-each select="file">
        <case>
          <xsl:variable name="answers" select="document(concat('../../', .))/a:answers"/>
          <xsl:for-each select="$asked">
            <xsl:call-template name="code"><xsl:with-param name="answers" select="$answers"/><xsl:with-param name="committee" select="$committee"/></xsl:call-template>
          </xsl:for-each>
        </case>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="cases" select="exsl:node-set($coded)/case"/>
    <xsl:if test="$rows">
      <xsl:for-each select="$cases">
        <xsl:variable name="case" select="position()"/>
        <xsl:for-each select="is"><xsl:value-of select="concat($case, ' ', @v, ' ', @c, '&#10;')"/></xsl:for-each>
      </xsl:for-each>
    </xsl:if>
    <xsl:if test="not($rows)">
      <xsl:for-each select="$tables/t:table[@rows = $asked/@id and @columns = $asked/@id]">
        <xsl:variable name="table" select="."/>
        <xsl:for-each select="$asked[@id = $table/@rows]/t:category">
          <xsl:variable name="r" select="@code"/>
          <xsl:for-each select="$asked[@id = $table/@columns]/t:category">
            <xsl:variable name="c" select="@code"/>
            <xsl:value-of select="concat($table/@id, ' ', $r, ' ', $c, ' ', count($cases[is[@v = $table/@rows and @c = $r] and is[@v = $table/@columns and @c = $c]]), '&#10;')"/>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <!-- what one interview is in the variable at hand -->
  <xsl:template name="code">
    <xsl:param name="answers"/>
    <xsl:param name="committee"/>
    <xsl:variable name="variable" select="."/>
    <xsl:variable name="values" select="$answers/a:answer[@item = $variable/@item and not(@state)]/a:value"/>
    <xsl:variable name="number" select="number(translate($values[1], '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789'))"/>
    <xsl:variable name="found">
      <xsl:choose>
        <xsl:when test="t:doubt and $answers/a:answer[@item = $variable/t:doubt/@item and not(@state)]/a:value = t:doubt/@code"><c><xsl:value-of select="t:doubt/@category"/></c></xsl:when>
        <xsl:when test="not($values)"/>
        <xsl:when test="@from = 'number'"><xsl:for-each select="t:category[@least &lt;= $number and $number &lt;= @most]"><c><xsl:value-of select="@code"/></c></xsl:for-each></xsl:when>
        <xsl:when test="@from = 'country' and t:category[@role = 'own'] and $values = $committee"><c><xsl:value-of select="t:category[@role = 'own']/@code"/></c></xsl:when>
        <xsl:when test="@from = 'country' and not(t:category[@code = $values])"><c><xsl:value-of select="t:category[@role = 'other']/@code"/></c></xsl:when>
        <xsl:otherwise><xsl:for-each select="t:category[@code = $values]"><c><xsl:value-of select="@code"/></c></xsl:for-each></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:for-each select="exsl:node-set($found)/c"><is v="{$variable/@id}" c="{.}"/></xsl:for-each>
    <xsl:if test="not(exsl:node-set($found)/c)"><is v="{@id}" c="{t:category[@role = 'unknown']/@code}"/></xsl:if>
  </xsl:template>
</xsl:stylesheet>
