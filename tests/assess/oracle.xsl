<?xml version="1.0" encoding="UTF-8"?>
<!-- This is where an assessment is worked out a second time, from the data
     files alone, so that the engine in src/assess can be compared with
     something that shares no line with it.

	xsltproc tests/assess/oracle.xsl xml/example/01-indicated-fr.xml

     prints UUID LEVEL AT-LEAST AT-MOST and each dimension, true, false or
     undetermined, in the order of the framework.  The parameter "framework"
     takes another framework than ilo-adult-labour, as a path seen from here;
     oracle.sh gives that of the instrument.

     Kleene logic: "t", "f" and "u" are the three values.  -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:a="urn:ihala:answers:1" xmlns:f="urn:ihala:framework:1"
    xmlns:i="urn:ihala:instrument:1">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:param name="framework" select="'../../xml/framework/ilo-adult-labour.xml'"/>
  <xsl:variable name="answers" select="/a:answers"/>
  <xsl:variable name="instrument" select="document(concat('../../xml/instrument/', $answers/@instrument, '.xml'))/i:instrument"/>
  <xsl:variable name="rules" select="document($framework)/f:framework"/>

  <xsl:template match="/">
    <xsl:variable name="dimensions">
      <xsl:for-each select="$rules/f:dimension"><xsl:apply-templates select="." mode="positive"/></xsl:for-each>
    </xsl:variable>
    <xsl:variable name="met">
      <xsl:for-each select="$rules/f:outcome-rule/f:row">
        <xsl:variable name="value"><xsl:apply-templates select="f:when/*" mode="holds"><xsl:with-param name="dimensions" select="$dimensions"/></xsl:apply-templates></xsl:variable>
        <xsl:value-of select="concat(@level, '=', $value, ' ')"/>
      </xsl:for-each>
      <xsl:variable name="tally"><xsl:apply-templates select="$rules/f:dimension" mode="tally"/></xsl:variable>
      <xsl:for-each select="$rules/f:any-rule/f:row">
        <xsl:choose>
          <xsl:when test="string-length(translate($tally, 'smwn', '')) &gt;= @at-least"><xsl:value-of select="concat(@level, '=t ')"/></xsl:when>
          <xsl:when test="string-length($tally) &gt;= @at-least"><xsl:value-of select="concat(@level, '=u ')"/></xsl:when>
        </xsl:choose>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="least">
      <xsl:choose>
        <xsl:when test="contains($met, 'indicated=t')">indicated</xsl:when>
        <xsl:when test="contains($met, 'possible=t')">possible</xsl:when>
        <xsl:otherwise>no-indication</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="withheld"><xsl:apply-templates select="$rules/f:withheld-if/*[not(self::f:text)]" mode="holds"/></xsl:variable>
    <xsl:variable name="most">
      <xsl:choose>
        <xsl:when test="$withheld = 't'">indicated</xsl:when>
        <xsl:when test="contains($met, 'indicated=t') or contains($met, 'indicated=u')">indicated</xsl:when>
        <xsl:when test="contains($met, 'possible=t') or contains($met, 'possible=u')">possible</xsl:when>
        <xsl:otherwise>no-indication</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:value-of select="concat($answers/@id, ' ')"/>
    <xsl:choose>
      <xsl:when test="string($least) = string($most)"><xsl:value-of select="$least"/></xsl:when>
      <xsl:otherwise>undetermined</xsl:otherwise>
    </xsl:choose>
    <xsl:value-of select="concat(' ', $least, ' ', $most)"/>
    <xsl:for-each select="$rules/f:dimension">
      <xsl:variable name="value" select="substring($dimensions, position(), 1)"/>
      <xsl:choose>
        <xsl:when test="$value = 't'"> true</xsl:when>
        <xsl:when test="$value = 'f'"> false</xsl:when>
        <xsl:otherwise> undetermined</xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <!-- ===== what stands for an item: given, blank, not-asked, unknown, refused -->
  <xsl:template match="i:item" mode="state">
    <xsl:variable name="id" select="@id"/>
    <xsl:variable name="answer" select="$answers/a:answer[@item = $id]"/>
    <xsl:variable name="asked">
      <xsl:apply-templates select="../i:ask-if/*" mode="holds"/>
      <xsl:apply-templates select="i:ask-if/*" mode="holds"/>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="contains($asked, 'f')">not-asked</xsl:when>
      <xsl:when test="$answer/a:value">given</xsl:when>
      <!-- left out though it should have been asked: that tells nothing -->
      <xsl:when test="not($answer) or $answer/@state = 'not-asked'">blank</xsl:when>
      <xsl:otherwise><xsl:value-of select="$answer/@state"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===== conditions and formulas; both namespaces share the words -->
  <xsl:template match="i:all | f:all" mode="holds">
    <xsl:param name="dimensions"/>
    <xsl:variable name="each"><xsl:apply-templates select="*" mode="holds"><xsl:with-param name="dimensions" select="$dimensions"/></xsl:apply-templates></xsl:variable>
    <xsl:choose>
      <xsl:when test="contains($each, 'f')">f</xsl:when>
      <xsl:when test="contains($each, 'u')">u</xsl:when>
      <xsl:otherwise>t</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="i:any | f:any" mode="holds">
    <xsl:param name="dimensions"/>
    <xsl:variable name="each"><xsl:apply-templates select="*" mode="holds"><xsl:with-param name="dimensions" select="$dimensions"/></xsl:apply-templates></xsl:variable>
    <xsl:choose>
      <xsl:when test="contains($each, 't')">t</xsl:when>
      <xsl:when test="contains($each, 'u')">u</xsl:when>
      <xsl:otherwise>f</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="i:not | f:not" mode="holds">
    <xsl:variable name="inner"><xsl:apply-templates select="*" mode="holds"/></xsl:variable>
    <xsl:value-of select="translate($inner, 'tf', 'ft')"/>
  </xsl:template>
  <xsl:template match="f:positive" mode="holds">
    <xsl:param name="dimensions"/>
    <xsl:variable name="place" select="count($rules/f:dimension[@id = current()/@dimension]/preceding-sibling::f:dimension) + 1"/>
    <xsl:value-of select="substring($dimensions, $place, 1)"/>
  </xsl:template>
  <xsl:template match="f:fact" mode="holds">
    <xsl:apply-templates select="*" mode="holds"/>
  </xsl:template>
  <xsl:template match="i:answered | f:answered" mode="holds">
    <xsl:variable name="state"><xsl:apply-templates select="$instrument/i:section/i:item[@id = current()/@item]" mode="state"/></xsl:variable>
    <xsl:choose><xsl:when test="$state = 'given'">t</xsl:when><xsl:otherwise>f</xsl:otherwise></xsl:choose>
  </xsl:template>
  <xsl:template match="i:is | i:has | i:lt | i:gt | i:between | f:is | f:has | f:lt | f:gt | f:between" mode="holds">
    <xsl:variable name="state"><xsl:apply-templates select="$instrument/i:section/i:item[@id = current()/@item]" mode="state"/></xsl:variable>
    <xsl:variable name="values" select="$answers/a:answer[@item = current()/@item]/a:value"/>
    <xsl:variable name="number" select="number(translate($values[1], '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789'))"/>
    <xsl:variable name="name" select="local-name()"/>
    <xsl:choose>
      <xsl:when test="$state = 'not-asked'">f</xsl:when>
      <xsl:when test="$state != 'given'">u</xsl:when>
      <xsl:when test="($name = 'is' or $name = 'has') and $values[normalize-space() = current()/@code]">t</xsl:when>
      <xsl:when test="$name = 'lt' and $number &lt; @value">t</xsl:when>
      <xsl:when test="$name = 'gt' and $number &gt; @value">t</xsl:when>
      <xsl:when test="$name = 'between' and $number &gt;= @least and $number &lt;= @most">t</xsl:when>
      <xsl:otherwise>f</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===== a dimension: one letter for each indicator, large where it is
       present, small where it may be; n where it has no strength -->
  <xsl:template match="f:dimension" mode="tally">
    <xsl:for-each select="f:indicator">
      <xsl:variable name="present"><xsl:apply-templates select="f:when/*" mode="holds"/></xsl:variable>
      <xsl:variable name="letter" select="substring(concat(@strength, 'n'), 1, 1)"/>
      <xsl:choose>
        <xsl:when test="$present = 't'"><xsl:value-of select="translate($letter, 'smwn', 'SMWN')"/></xsl:when>
        <xsl:when test="$present = 'u'"><xsl:value-of select="$letter"/></xsl:when>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="f:dimension" mode="positive">
    <xsl:variable name="tally"><xsl:apply-templates select="." mode="tally"/></xsl:variable>
    <xsl:variable name="surely"><xsl:call-template name="rows"><xsl:with-param name="tally" select="translate($tally, 'smwn', '')"/></xsl:call-template></xsl:variable>
    <xsl:variable name="maybe"><xsl:call-template name="rows"><xsl:with-param name="tally" select="translate($tally, 'smwn', 'SMWN')"/></xsl:call-template></xsl:variable>
    <xsl:choose>
      <xsl:when test="$surely != ''">t</xsl:when>
      <xsl:when test="$maybe != ''">u</xsl:when>
      <xsl:otherwise>f</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- the rows met by a tally of S, M, W and N; where no dimension has a rule
       of its own, whatever is in it -->
  <xsl:template name="rows">
    <xsl:param name="tally"/>
    <xsl:variable name="strong" select="string-length(translate($tally, 'MWN', ''))"/>
    <xsl:variable name="medium" select="string-length(translate($tally, 'SWN', ''))"/>
    <xsl:variable name="weak" select="string-length(translate($tally, 'SMN', ''))"/>
    <xsl:if test="not($rules/f:dimension-rule)"><xsl:value-of select="$tally"/></xsl:if>
    <xsl:for-each select="$rules/f:dimension-rule/f:row">
      <xsl:if test="(not(@strong) or $strong &gt;= @strong) and (not(@medium) or $medium &gt;= @medium) and (not(@weak) or $weak &gt;= @weak) and (not(@lesser) or $medium + $weak &gt;= @lesser)"><xsl:value-of select="concat(@id, ' ')"/></xsl:if>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
