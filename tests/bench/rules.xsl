<?xml version="1.0" encoding="UTF-8"?>
<!-- This is where the rules of the main framework run once more, over a
     stream of interviews and with keys, as a peer for tests/bench/bench.sh:

	xsltproc tests/bench/rules.xsl stream.xml

     prints the line of `ihala assess` for each interview.

     Kleene logic: "t", "f" and "u" are the three values.  -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:a="urn:ihala:answers:1" xmlns:f="urn:ihala:framework:1"
    xmlns:i="urn:ihala:instrument:1" xmlns:s="urn:ihala:interviews:1">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:variable name="instrument" select="document('../../xml/instrument/adult.xml')/i:instrument"/>
  <xsl:variable name="rules" select="document('../../xml/framework/ilo-adult-labour.xml')/f:framework"/>
  <xsl:key name="answer" match="a:answer" use="concat(generate-id(..), ' ', @item)"/>
  <xsl:key name="item" match="i:item" use="@id"/>
  <xsl:key name="dimension" match="f:dimension" use="@id"/>

  <xsl:template match="/">
    <xsl:apply-templates select="s:interviews/a:answers"/>
  </xsl:template>

  <xsl:template match="a:answers">
    <xsl:variable name="interview" select="."/>
    <xsl:variable name="dimensions">
      <xsl:for-each select="$rules/f:dimension"><xsl:apply-templates select="." mode="positive"><xsl:with-param name="interview" select="$interview"/></xsl:apply-templates></xsl:for-each>
    </xsl:variable>
    <xsl:variable name="met">
      <xsl:for-each select="$rules/f:outcome-rule/f:row">
        <xsl:variable name="value"><xsl:apply-templates select="f:when/*" mode="holds"><xsl:with-param name="interview" select="$interview"/><xsl:with-param name="dimensions" select="$dimensions"/></xsl:apply-templates></xsl:variable>
        <xsl:value-of select="concat(@level, '=', $value, ' ')"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="least">
      <xsl:choose>
        <xsl:when test="contains($met, 'indicated=t')">indicated</xsl:when>
        <xsl:when test="contains($met, 'possible=t')">possible</xsl:when>
        <xsl:otherwise>no-indication</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:variable name="withheld"><xsl:apply-templates select="$rules/f:withheld-if/*[not(self::f:text)]" mode="holds"><xsl:with-param name="interview" select="$interview"/></xsl:apply-templates></xsl:variable>
    <xsl:variable name="most">
      <xsl:choose>
        <xsl:when test="$withheld = 't'">indicated</xsl:when>
        <xsl:when test="contains($met, 'indicated=t') or contains($met, 'indicated=u')">indicated</xsl:when>
        <xsl:when test="contains($met, 'possible=t') or contains($met, 'possible=u')">possible</xsl:when>
        <xsl:otherwise>no-indication</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:value-of select="concat(@id, ' ')"/>
    <xsl:choose>
      <xsl:when test="string($least) = string($most)"><xsl:value-of select="$least"/></xsl:when>
      <xsl:otherwise>undetermined</xsl:otherwise>
    </xsl:choose>
    <xsl:value-of select="concat(' ', $least, ' ', $most, ' ', $dimensions)"/>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

  <!-- ===== what stands for an item: given, blank, not-asked, unknown, refused -->
  <xsl:template name="state">
    <xsl:param name="interview"/>
    <xsl:variable name="id" select="@item"/>
    <xsl:variable name="asked">
      <xsl:for-each select="$instrument">
        <xsl:apply-templates select="key('item', $id)/../i:ask-if/* | key('item', $id)/i:ask-if/*" mode="holds"><xsl:with-param name="interview" select="$interview"/></xsl:apply-templates>
      </xsl:for-each>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="contains($asked, 'f')">not-asked</xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$interview">
          <xsl:variable name="answer" select="key('answer', concat(generate-id(), ' ', $id))"/>
          <xsl:choose>
            <xsl:when test="$answer/a:value">given</xsl:when>
            <!-- left out though it should have been asked: that tells nothing -->
            <xsl:when test="not($answer) or $answer/@state = 'not-asked'">blank</xsl:when>
            <xsl:otherwise><xsl:value-of select="$answer/@state"/></xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===== conditions and formulas; both namespaces share the words -->
  <xsl:template match="i:all | f:all" mode="holds">
    <xsl:param name="interview"/>
    <xsl:param name="dimensions"/>
    <xsl:variable name="each"><xsl:apply-templates select="*" mode="holds"><xsl:with-param name="interview" select="$interview"/><xsl:with-param name="dimensions" select="$dimensions"/></xsl:apply-templates></xsl:variable>
    <xsl:choose>
      <xsl:when test="contains($each, 'f')">f</xsl:when>
      <xsl:when test="contains($each, 'u')">u</xsl:when>
      <xsl:otherwise>t</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="i:any | f:any" mode="holds">
    <xsl:param name="interview"/>
    <xsl:param name="dimensions"/>
    <xsl:variable name="each"><xsl:apply-templates select="*" mode="holds"><xsl:with-param name="interview" select="$interview"/><xsl:with-param name="dimensions" select="$dimensions"/></xsl:apply-templates></xsl:variable>
    <xsl:choose>
      <xsl:when test="contains($each, 't')">t</xsl:when>
      <xsl:when test="contains($each, 'u')">u</xsl:when>
      <xsl:otherwise>f</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="i:not | f:not" mode="holds">
    <xsl:param name="interview"/>
    <xsl:variable name="inner"><xsl:apply-templates select="*" mode="holds"><xsl:with-param name="interview" select="$interview"/></xsl:apply-templates></xsl:variable>
    <xsl:value-of select="translate($inner, 'tf', 'ft')"/>
  </xsl:template>
  <xsl:template match="f:positive" mode="holds">
    <xsl:param name="interview"/>
    <xsl:param name="dimensions"/>
    <xsl:variable name="place" select="count(key('dimension', @dimension)/preceding-sibling::f:dimension) + 1"/>
    <xsl:value-of select="substring($dimensions, $place, 1)"/>
  </xsl:template>
  <xsl:template match="f:fact" mode="holds">
    <xsl:param name="interview"/>
    <xsl:apply-templates select="*" mode="holds"><xsl:with-param name="interview" select="$interview"/></xsl:apply-templates>
  </xsl:template>
  <xsl:template match="i:answered | f:answered" mode="holds">
    <xsl:param name="interview"/>
    <xsl:variable name="state"><xsl:call-template name="state"><xsl:with-param name="interview" select="$interview"/></xsl:call-template></xsl:variable>
    <xsl:choose><xsl:when test="$state = 'given'">t</xsl:when><xsl:otherwise>f</xsl:otherwise></xsl:choose>
  </xsl:template>
  <xsl:template match="i:is | i:has | i:lt | i:gt | i:between | f:is | f:has | f:lt | f:gt | f:between" mode="holds">
    <xsl:param name="interview"/>
    <xsl:variable name="state"><xsl:call-template name="state"><xsl:with-param name="interview" select="$interview"/></xsl:call-template></xsl:variable>
    <xsl:variable name="name" select="local-name()"/>
    <xsl:variable name="atom" select="."/>
    <xsl:choose>
      <xsl:when test="$state = 'not-asked'">f</xsl:when>
      <xsl:when test="$state != 'given'">u</xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$interview">
          <xsl:variable name="values" select="key('answer', concat(generate-id(), ' ', $atom/@item))/a:value"/>
          <xsl:variable name="number" select="number(translate($values[1], '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789'))"/>
          <xsl:choose>
            <xsl:when test="($name = 'is' or $name = 'has') and $values = $atom/@code">t</xsl:when>
            <xsl:when test="$name = 'lt' and $number &lt; $atom/@value">t</xsl:when>
            <xsl:when test="$name = 'gt' and $number &gt; $atom/@value">t</xsl:when>
            <xsl:when test="$name = 'between' and $number &gt;= $atom/@least and $number &lt;= $atom/@most">t</xsl:when>
            <xsl:otherwise>f</xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- ===== a dimension: one letter for each indicator, large where it is
       present, small where it may be -->
  <xsl:template match="f:dimension" mode="positive">
    <xsl:param name="interview"/>
    <xsl:variable name="tally">
      <xsl:for-each select="f:indicator">
        <xsl:variable name="present"><xsl:apply-templates select="f:when/*" mode="holds"><xsl:with-param name="interview" select="$interview"/></xsl:apply-templates></xsl:variable>
        <xsl:choose>
          <xsl:when test="$present = 't'"><xsl:value-of select="translate(substring(@strength, 1, 1), 'smw', 'SMW')"/></xsl:when>
          <xsl:when test="$present = 'u'"><xsl:value-of select="substring(@strength, 1, 1)"/></xsl:when>
        </xsl:choose>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="surely"><xsl:call-template name="rows"><xsl:with-param name="tally" select="translate($tally, 'smw', '')"/></xsl:call-template></xsl:variable>
    <xsl:variable name="maybe"><xsl:call-template name="rows"><xsl:with-param name="tally" select="translate($tally, 'smw', 'SMW')"/></xsl:call-template></xsl:variable>
    <xsl:choose>
      <xsl:when test="$surely != ''">t</xsl:when>
      <xsl:when test="$maybe != ''">u</xsl:when>
      <xsl:otherwise>f</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- the rows met by a tally of S, M and W -->
  <xsl:template name="rows">
    <xsl:param name="tally"/>
    <xsl:variable name="strong" select="string-length(translate($tally, 'MW', ''))"/>
    <xsl:variable name="medium" select="string-length(translate($tally, 'SW', ''))"/>
    <xsl:variable name="weak" select="string-length(translate($tally, 'SM', ''))"/>
    <xsl:for-each select="$rules/f:dimension-rule/f:row">
      <xsl:if test="(not(@strong) or $strong &gt;= @strong) and (not(@medium) or $medium &gt;= @medium) and (not(@weak) or $weak &gt;= @weak) and (not(@lesser) or $medium + $weak &gt;= @lesser)"><xsl:value-of select="concat(@id, ' ')"/></xsl:if>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
